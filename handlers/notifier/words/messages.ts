// Everything people are told, in words: an alert, a digest, and that the day's SMS are used up.
export { alertMessage } from './alert.ts'
export { type Cap, capMessage } from './cap.ts'
export { digestMessage } from './digest.ts'
export { smsLimit } from './euc-kr.ts'
export type { Voice } from './words.ts'
