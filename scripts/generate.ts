// Writes generated/ from root-guard.yaml and templates-src, or checks that it is what they come to.
import { loadSettings } from '../templates-src/config/load.ts'
import { templateBodyLimit } from '../templates-src/template.ts'
import { CommandError, main, type Outcome } from './lib/command.ts'
import {
  controlsFile,
  differences,
  type GeneratedFile,
  generatedFiles,
  reusedBucketsFile,
  type StackSetTemplate,
  settingsFile,
  stackSetTemplates,
  writeGenerated,
} from './lib/generated.ts'

await main({
  usage: 'npm run generate',
  purpose: 'Writes generated/ from root-guard.yaml and templates-src.',
  options: { check: { type: 'boolean', help: 'write nothing; fail and print the difference when there is one' } },
  run: async ({ check }) => {
    const settings = loadSettings(settingsFile)
    const templates = await stackSetTemplates(settings)
    const tooLarge = templates.find(({ body }) => byteLength(body) > templateBodyLimit)
    if (tooLarge !== undefined) {
      throw new CommandError(
        `${tooLarge.file.path} would be deployed as ${count(byteLength(tooLarge.body))} bytes; StackSets take ${count(templateBodyLimit)}`,
        'make handlers/notifier or the template smaller; nothing was written',
      )
    }
    const files = [...(await generatedFiles(settings, templates)), controlsFile(), reusedBucketsFile(settings)]
    return check ? checked(files, templates) : written(files, templates)
  },
})

function written(files: readonly GeneratedFile[], templates: readonly StackSetTemplate[]): Outcome {
  const changed = writeGenerated(files)
  const text = changed.length === 0 ? 'generated/ was up to date' : `wrote ${changed.join(', ')}`
  return { ok: true, text: `${sizes(templates)}\n${text}`, json: { changed, sizes: sizesAsData(templates) } }
}

function checked(files: readonly GeneratedFile[], templates: readonly StackSetTemplate[]): Outcome {
  const found = differences(files)
  const json = { differs: found.map(({ path }) => path), sizes: sizesAsData(templates) }
  if (found.length === 0) return { ok: true, text: `${sizes(templates)}\ngenerated/ is up to date`, json }
  const patches = found.map(({ patch }) => patch).join('\n')
  const text = `${patches}\n${found.length} of the files in generated/ differ from their sources\n  → npm run generate, and commit what it writes`
  return {
    ok: false,
    text,
    json,
    markdown: `### generated/ differs from its sources\n\n\`\`\`diff\n${patches}\n\`\`\`\n`,
  }
}

function sizes(templates: readonly StackSetTemplate[]): string {
  const rows = sizesAsData(templates).map(
    ({ file, bytes, left }) =>
      `${file.padEnd(30)} ${count(bytes).padStart(6)} bytes as deployed, ${count(left)} left of ${count(templateBodyLimit)}`,
  )
  return rows.join('\n')
}

function sizesAsData(templates: readonly StackSetTemplate[]) {
  return templates.map(({ file, body }) => {
    const bytes = byteLength(body)
    return { file: file.path, bytes, left: templateBodyLimit - bytes }
  })
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}
