// A page imports its style sheet; the bundler writes it beside the script.
declare module '*.css';
