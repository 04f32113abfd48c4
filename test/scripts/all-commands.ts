// Runs every command of scripts/ that is an npm script with the same arguments, one after the other in this one process, since
// most of a command's second is loading what they share. Prints what came of each as JSON.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).scripts
const [, , ...args] = process.argv
const ran: Record<string, { exitCode: unknown; stdout: string; stderr: string }> = {}

for (const [name, line] of Object.entries(scripts)) {
  const [, direct, started] =
    /^(?:exec )?tsx (scripts\/\S+\.ts)$|^node scripts\/github\/start\.mjs (\S+)$/.exec(line) ?? []
  const file = started === undefined ? direct : `scripts/github/${started}.ts`
  // It runs another command, and so has no options of its own.
  if (file === undefined || name === 'github:report') continue
  process.argv = [process.execPath, file, ...args]
  process.exitCode = 0
  const [stdout, stderr] = [listenTo(process.stdout), listenTo(process.stderr)]
  // Each awaits its own `main`.
  await import(pathToFileURL(file).href)
  ran[name] = { stdout: stdout(), stderr: stderr(), exitCode: process.exitCode }
}
process.exitCode = 0
process.stdout.write(JSON.stringify(ran))

/** Keeps what is written instead of writing it, until the answer is called for. */
function listenTo(stream: NodeJS.WriteStream): () => string {
  const { write } = stream
  let written = ''
  stream.write = (text: string | Uint8Array) => {
    written += text
    return true
  }
  return () => {
    stream.write = write
    return written
  }
}
