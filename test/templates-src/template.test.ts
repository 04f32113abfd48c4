import { Fn, SQS } from 'cloudform'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import { withProperties } from '../../templates-src/beyond-cloudform.ts'
import { notifierTemplate } from '../../templates-src/notifier.ts'
import { relayTemplate } from '../../templates-src/relay.ts'
import { merge, templateBody, templateYaml } from '../../templates-src/template.ts'
import { usEast1 } from '../../templates-src/us-east-1.ts'
import { settings } from './references.ts'

const CODE = `exports.handler = async () => "훈련";\n\tawait \`\${no}: yes # '\`  \n`
const queue = () => new SQS.Queue({ QueueName: 'sample' })

const merging = suite('merge')

merging('puts the resources of all parts together', () => {
  assert.equal(Object.keys(merge({ One: queue() }, {}, { Two: queue(), Three: queue() })), ['One', 'Two', 'Three'])
})

merging('throws on a logical id that two parts claim, even for the same resource', () => {
  const one = queue()
  assert.throws(() => merge({ One: one }, { Two: queue() }, { One: one }), /two parts define .* the logical id One$/)
})

merging.run()

const writing = suite('a written template')

const TEMPLATES = {
  notifier: () => notifierTemplate(structuredClone(settings), CODE),
  'us-east-1': () => usEast1(structuredClone(settings)),
  'ap-northeast-2': () => apNortheast2(structuredClone(settings)),
  relay: () => relayTemplate(structuredClone(settings)),
}

for (const [name, template] of Object.entries(TEMPLATES)) {
  writing(`${name}: the YAML that is reviewed is the template that is deployed`, () => {
    const yaml = templateYaml(template(), 'templates-src/sample.ts')
    const body = JSON.parse(templateBody(template()))
    // CloudFormation and cfn-lint read YAML 1.1, editors 1.2.
    assert.equal(parse(yaml, { version: '1.1' }), body)
    assert.equal(parse(yaml, { version: '1.2' }), body)
  })

  writing(`${name}: made twice, from settings that are other objects of the same content, it is the same`, () => {
    assert.is(templateBody(template()), templateBody(template()))
    assert.is(templateYaml(template(), 'sample.ts'), templateYaml(template(), 'sample.ts'))
    const once = template()
    assert.is(templateBody(once), templateBody(once))
  })

  writing(`${name}: the YAML has no control characters but line ends and tabs`, () => {
    const yaml = templateYaml(template(), 'sample.ts')
    assert.not.match(yaml.replace(/[\n\t]/g, ''), /\p{Cc}/u)
  })
}

writing('its first line says where it comes from and how it is made again', () => {
  const [first] = templateYaml(TEMPLATES.relay(), 'templates-src/relay.ts').split('\n')
  assert.is(first, '# Generated from templates-src/relay.ts and root-guard.yaml by: npm run generate. Do not edit.')
})

writing("the function's code arrives as it was bundled, spaces at line ends and all", () => {
  const yaml = templateYaml(TEMPLATES.notifier(), 'sample.ts')
  assert.is(parse(yaml, { version: '1.1' }).Resources.Notifier.Properties.Code.ZipFile, CODE)
})

writing('the deployed body is compact', () => {
  const body = templateBody(TEMPLATES.relay())
  assert.is(body, JSON.stringify(JSON.parse(body)))
})

writing('a Sub with variables keeps them, one without is its text', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  const [plain, varied] = ['${AWS::Region}-sample', '${AWS::Region}-${Kind}']
  const named = (QueueName: ReturnType<typeof Fn.Sub>) => new SQS.Queue({ QueueName })
  const body = templateBody({
    Resources: { Plain: named(Fn.Sub(plain, {})), Varied: named(Fn.Sub(varied, { Kind: 'sample' })) },
  })
  const { Resources } = JSON.parse(body)
  assert.equal(Resources.Plain.Properties.QueueName, { 'Fn::Sub': plain })
  assert.equal(Resources.Varied.Properties.QueueName, { 'Fn::Sub': [varied, { Kind: 'sample' }] })
})

writing.run()

const escapeHatch = suite("the way past cloudform's types")

escapeHatch('refuses a resource of another type and leaves it as it is', () => {
  const resource = queue()
  const recording = { RecordingMode: { RecordingFrequency: 'DAILY' } } as const
  assert.throws(
    () => withProperties('AWS::Config::ConfigurationRecorder', resource, recording),
    'properties of AWS::Config::ConfigurationRecorder were given to a resource of AWS::SQS::Queue',
  )
  assert.equal(resource.Properties, { QueueName: 'sample' })
})

escapeHatch.run()
