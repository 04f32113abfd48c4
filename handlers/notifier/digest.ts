// What a window counted, as its digest tells it. How windows open, count and close is in windows.ts.
import type { Kind } from './kinds.ts'

/** The one kind that a window counts; or everything notable, or what others than root tried and failed to do. */
export type Collected = Kind | 'notable' | 'failures'

export interface Digest {
  /** The window's id, which is the digest's alert id. */
  readonly id: string
  readonly of: Collected
  /** Whether AWS sent what it is of. */
  readonly official: boolean
  readonly account: string
  readonly opened: Date
  readonly closed: Date
  /** Activities in the window, the ones told at once included. */
  readonly total: number
  /** There were more than could be counted: `total` is the least. */
  readonly more: boolean
  readonly told: number
  /** How often each call was made, most often first; adds up to `total`. */
  readonly calls: readonly { readonly name: string; readonly count: number; readonly failed: number }[]
}
