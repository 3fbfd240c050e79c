// What is used of OpenAI's library, as the one door to it: it ships as a file of its own and is read when a model is
// first asked. Reached by a dynamic import alone.

export { OpenAI } from 'openai';
