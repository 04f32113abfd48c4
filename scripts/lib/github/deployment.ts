// Where deploys come from, as the workflows say it: GitHub reads neither from a variable before a job starts, so both stand
// in .github/workflows/, and test/workflows holds them to these.

/** The branch whose tip is deployed, and the environment that keeps the deploy role from every other. */
export const deployment = { branch: 'main', environment: 'production' } as const
