// What is used of the price list.
export { GetProductsCommand, PricingClient as Client } from '@aws-sdk/client-pricing';
