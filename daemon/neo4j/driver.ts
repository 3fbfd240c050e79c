// What is used of Neo4j's driver, as the one door to it: it ships as a file of its own and is read when a server is
// first asked. Reached by a dynamic import alone.

export { auth, driver, int, isNode, isPath, isRelationship } from 'neo4j-driver';
