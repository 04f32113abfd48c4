// What Lambda starts: the notifier, made once for each execution environment.
import { notifier } from './notifier.ts'
import type { NotifierEnvironment } from './settings.ts'

export const handler = notifier({
  environment: process.env as typeof process.env & NotifierEnvironment,
  log: (line) => process.stdout.write(`${line}\n`),
  now: Date.now,
})
