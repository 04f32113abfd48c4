// AWS's own matcher of event patterns, Event Ruler: fetched by Maven once, run by Java.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CommandError, type Notes } from './command.ts'

const run = promisify(execFile)
const harness = fileURLToPath(new URL('../../test/event-ruler/', import.meta.url))
const jars = fileURLToPath(new URL('../../.event-ruler/', import.meta.url))
const jar = 'event-ruler-2.0.1.jar'
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'

export interface Question {
  readonly pattern: unknown
  readonly event: unknown
}

/** Whether each event matches the pattern beside it, in the same order. Throws CommandError without Java 17 and Maven. */
export async function matches(questions: readonly Question[], notes: Notes): Promise<readonly boolean[]> {
  return answered(questions, notes, (answer) => (/^(true|false)$/.test(answer) ? answer === 'true' : undefined))
}

/** How complex each pattern is, by what EventBridge refuses those of too many wildcards for. Throws as `matches` does. */
export async function complexities(patterns: readonly unknown[], notes: Notes): Promise<readonly number[]> {
  const read = (answer: string) => (/^\d+$/.test(answer) ? Number(answer) : undefined)
  return answered(
    patterns.map((pattern) => ({ pattern })),
    notes,
    read,
  )
}

async function answered<Answer>(
  questions: readonly Partial<Question>[],
  notes: Notes,
  read: (answer: string) => Answer | undefined,
): Promise<readonly Answer[]> {
  await install(notes)
  const answers = (await java(questions.map((question) => JSON.stringify(question)).join('\n'))).trim().split('\n')
  if (answers.length !== questions.length)
    throw new Error(`Event Ruler answered ${answers.length} of ${questions.length}`)
  return answers.map((answer, index) => {
    const value = read(answer)
    if (value !== undefined) return value
    throw new Error(`Event Ruler refuses ${JSON.stringify(questions[index]?.pattern)}: ${answer}`)
  })
}

async function install({ note }: Notes): Promise<void> {
  if (existsSync(`${jars}${jar}`)) return
  note('fetching Event Ruler with Maven into .event-ruler (once, 3 MB)…')
  try {
    await run('mvn', ['-q', '-B', '-f', `${harness}pom.xml`, copyDependencies, `-DoutputDirectory=${jars}`])
  } catch (error) {
    const { stdout = '', message } = error as { stdout?: string; message: string }
    const [reason = message] = stdout.split('\n').filter((line) => line.includes('ERROR'))
    throw new CommandError(
      `Event Ruler could not be fetched: ${reason}`,
      'it needs Java 17, Maven and a way to Maven Central',
    )
  }
}

async function java(input: string): Promise<string> {
  const child = spawn('java', ['-cp', `${jars}*`, `${harness}Match.java`])
  const ended = once(child, 'close').catch(({ message }: Error) => {
    throw new CommandError(`java did not start: ${message}`, 'install Java 17')
  })
  child.stdin.end(input)
  const [[code], stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new Error(`Event Ruler failed: ${stderr}`)
  return stdout
}
