// What root-guard.yaml and templates-src come to: the templates, as files to review and as StackSets to deploy.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { toJsonSchema } from '@valibot/to-json-schema'
import { createTwoFilesPatch } from 'diff'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import { bootstrapTemplate } from '../../templates-src/bootstrap.ts'
import { alarmRegion, postureRegion, type Settings, settingsSchema } from '../../templates-src/config/schema.ts'
import { controlsPage } from '../../templates-src/controls.ts'
import { notifierTemplate } from '../../templates-src/notifier.ts'
import { operations } from '../../templates-src/operations.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { reusedBucketsPage } from '../../templates-src/reused-buckets.ts'
import { templateBody, templateYaml } from '../../templates-src/template.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { bundleNotifier } from './bundle.ts'

/** The folder of the templates and the schema, and the file they come from, in the folder a command is run in. */
export const generatedFolder = 'generated'
export const settingsFile = 'root-guard.yaml'

export interface GeneratedFile {
  readonly path: string
  readonly content: string
}

export interface StackSetTemplate {
  readonly stackSet: string
  readonly regions: readonly string[]
  /** What a deploy sends as TemplateBody. */
  readonly body: string
  readonly file: GeneratedFile
}

/** The templates, in the order in which a deploy sends them: the function, the alarm that calls it, who watches it, then those that relay to it. */
export async function stackSetTemplates(settings: Settings): Promise<readonly StackSetTemplate[]> {
  const { name } = settings
  const { code } = await bundleNotifier(settings)
  return [
    { part: 'notifier', regions: [alarmRegion], template: notifierTemplate(settings, code) },
    { part: 'us-east-1', regions: [alarmRegion], template: usEast1(settings) },
    { part: 'operations', regions: [alarmRegion], template: operations(settings) },
    { part: 'ap-northeast-2', regions: [postureRegion], template: apNortheast2(settings) },
    { part: 'relay', regions: relayRegions(settings), template: relayTemplate(settings) },
  ].map(({ part, regions, template }) => ({
    stackSet: `${name}-${part}`,
    regions,
    body: templateBody(template),
    file: {
      path: `${generatedFolder}/${part}.yaml`,
      content: templateYaml(template, `templates-src/${part}.ts`),
    },
  }))
}

/** The Regions a deploy was told of; for `all-enabled` it asks the account first (scripts/lib/enabled-regions.ts). */
function relayRegions({ relayRegions }: Settings): readonly string[] {
  return relayRegions === 'all-enabled' ? [] : relayRegions
}

/** Every file of generated/: the templates, what the notifier's carries compressed, and what editors complete settings from. */
export async function generatedFiles(
  settings: Settings,
  templates: readonly StackSetTemplate[],
): Promise<readonly GeneratedFile[]> {
  return [
    ...templates.map(({ file }) => file),
    bootstrapFile(settings).file,
    await notifierToRead(settings),
    settingsJsonSchema(),
  ]
}

/** The bootstrap's template: no StackSet, but a stack that an administrator makes once. */
export function bootstrapFile(settings: Settings): { readonly body: string; readonly file: GeneratedFile } {
  const template = bootstrapTemplate(settings)
  return {
    body: templateBody(template),
    file: {
      path: `${generatedFolder}/bootstrap.yaml`,
      content: templateYaml(template, 'templates-src/bootstrap.ts'),
    },
  }
}

async function notifierToRead(settings: Settings): Promise<GeneratedFile> {
  const heading =
    '// Generated from handlers/notifier by: npm run generate. Do not edit. notifier.yaml carries it compressed.\n'
  const { readable } = await bundleNotifier(settings)
  return { path: `${generatedFolder}/notifier.js`, content: `${heading}${readable}\n` }
}

/** For editors: completes and checks root-guard.yaml while it is written. */
function settingsJsonSchema(): GeneratedFile {
  // Checks that JSON Schema has no words for (an IANA time zone, a Region that is always covered) stay the command's.
  const schema = toJsonSchema(settingsSchema, { typeMode: 'input', errorMode: 'ignore' })
  const heading = { $comment: 'Generated from templates-src/config/schema.ts by: npm run generate. Do not edit.' }
  return {
    path: `${generatedFolder}/root-guard.schema.json`,
    content: `${JSON.stringify({ ...heading, title: 'root-guard.yaml', ...schema }, null, 2)}\n`,
  }
}

/** Which controls the templates answer, as a page. */
export function controlsFile(): GeneratedFile {
  return { path: 'docs/controls.md', content: controlsPage('templates-src/controls.ts') }
}

/** What the policies of the owner's own log buckets must allow, as a page. */
export function reusedBucketsFile(settings: Settings): GeneratedFile {
  return { path: 'docs/log-buckets.md', content: reusedBucketsPage(settings, 'templates-src/reused-buckets.ts') }
}

/** How the files on disk differ from what they should be, as patches; empty when they do not. */
export function differences(files: readonly GeneratedFile[]): readonly { path: string; patch: string }[] {
  return files.flatMap(({ path, content }) => {
    const onDisk = readIfThere(path)
    if (onDisk === content) return []
    const patch = createTwoFilesPatch(path, path, onDisk, content, 'on disk', 'generated', { context: 2 })
    return [{ path, patch: patch.split('\n').map(shortened).join('\n') }]
  })
}

/** Writes the files that differ from what is on disk, and answers their paths. */
export function writeGenerated(files: readonly GeneratedFile[]): readonly string[] {
  const changed = differences(files).map(({ path }) => path)
  for (const { path, content } of files.filter(({ path }) => changed.includes(path))) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return changed
}

/** The function is inline in lines of thirty thousand characters. */
function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}… (${line.length} characters)` : line
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
