// dynalite ships no types; this is the one function of it that is used here.
declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** DynamoDB's API in memory. It checks that requests are signed, not by whom. */
  export default function dynalite(options?: {
    readonly createTableMs?: number
    readonly deleteTableMs?: number
  }): Server
}
