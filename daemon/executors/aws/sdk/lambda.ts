// What is used of Lambda.
export { LambdaClient as Client, ListFunctionsCommand } from '@aws-sdk/client-lambda';
