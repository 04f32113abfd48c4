// generated/, brought up to date as npm run generate does it, but without the second that it takes while nothing has changed of what it
// is made from: what came out last is kept under a hash of all that went in.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Settings } from '../../templates-src/config/schema.ts'
import type { GeneratedFile, StackSetTemplate } from '../lib/generated.ts'

export interface Generated {
  readonly templates: readonly StackSetTemplate[]
  readonly files: readonly GeneratedFile[]
}

const checkout = fileURLToPath(new URL('../..', import.meta.url))
/** Goes with node_modules, as when npm ci installs other versions than the lockfile's. */
const kept = join(checkout, 'node_modules/.cache/root-guard/generated.json')
const folders = ['templates-src', 'handlers']
const singles = ['scripts/lib/generated.ts', 'scripts/lib/bundle.ts', 'package-lock.json']

/** What generated/ should be, and the paths of it that were not and have been written. */
export async function upToDate(settings: Settings): Promise<Generated & { readonly wrote: readonly string[] }> {
  const hash = hashOf(settings)
  const generated = lastOf(hash) ?? (await madeApart(settings, hash))
  const stale = generated.files.some(({ path, content }) => onDisk(path) !== content)
  // Whether it was kept or made: what lies in generated/ is compared every time.
  const wrote = stale ? (await import('../lib/generated.ts')).writeGenerated(generated.files) : []
  return { ...generated, wrote }
}

/** The files that generated/ is made from beside root-guard.yaml, as paths in the checkout. */
export function sources(): readonly string[] {
  const found = folders.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  )
  return [...found, ...singles].sort()
}

function hashOf(settings: Settings): string {
  const hash = createHash('sha256').update(JSON.stringify(settings))
  for (const path of sources()) hash.update(`\0${path}\0`).update(readFileSync(join(checkout, path)))
  return hash.digest('hex')
}

function lastOf(hash: string): Generated | undefined {
  try {
    const last = JSON.parse(readFileSync(kept, 'utf8')) as Generated & { readonly hash: string }
    return last.hash === hash ? last : undefined
  } catch {
    return undefined // none yet, or half a one
  }
}

/** Made by a process of its own, since this one has a page to serve; and by this one when that fails, which then says why. */
async function madeApart(settings: Settings, hash: string): Promise<Generated> {
  const apart = fileURLToPath(new URL('generate-apart.ts', import.meta.url))
  const options = { maxBuffer: 64 * 1024 * 1024 }
  const made = await promisify(execFile)(process.execPath, [...process.execArgv, apart], options)
    .then(({ stdout }) => JSON.parse(stdout) as Generated)
    .catch(async () => make(settings))
  keep({ hash, ...made })
  return made
}

export async function make(settings: Settings): Promise<Generated> {
  const { generatedFiles, stackSetTemplates } = await import('../lib/generated.ts')
  const templates = await stackSetTemplates(settings)
  return { templates, files: await generatedFiles(settings, templates) }
}

function keep(generated: Generated & { readonly hash: string }): void {
  try {
    mkdirSync(dirname(kept), { recursive: true })
    // Two rehearsals may begin at once; neither may read half of the other's.
    const own = `${kept}.${process.pid}`
    writeFileSync(own, JSON.stringify(generated))
    renameSync(own, kept)
  } catch {
    // Where nothing can be written it is made again the next time.
  }
}

function onDisk(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
