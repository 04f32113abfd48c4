// Starts a Lambda function as Lambda does: its file and its environment in a process of their own, one event in, one
// answer out.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Invoked {
  readonly statusCode: number
  readonly body: string
  /** The lines that the function wrote to its log. */
  readonly log: readonly string[]
}

/** `code` is index.js as CommonJS with an export named handler; `environment` is all that the process gets. */
export async function invokeFunction(
  code: string,
  environment: Readonly<Record<string, string>>,
  event: object,
): Promise<Invoked> {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-function-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }')
  writeFileSync(join(folder, 'index.js'), code)
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event))
  try {
    const log = await run(folder, environment)
    const answer = JSON.parse(readFileSync(join(folder, 'answer.json'), 'utf8')) as Pick<Invoked, 'statusCode' | 'body'>
    return { ...answer, log: log.split('\n').filter(Boolean) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const script = `
  require('./index.js').handler(require('./event.json')).then((answer) => {
    require('node:fs').writeFileSync('answer.json', JSON.stringify(answer))
    process.exit(0)
  })`

/** Answers what was written to stdout; throws what was written to stderr when the process failed. */
function run(cwd: string, environment: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, ...environment }
    execFile(process.execPath, ['-e', script], { cwd, env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`the function did not answer: ${stderr}`))
    })
  })
}
