// What a month costs, as far as AWS is paid for it: list prices of us-east-1, and what is assumed of a month. The number
// of alarms and Config rules is that of the generated templates, without those of further Regions.
import { generatedTemplates } from './templates.ts'

export interface Post {
  readonly what: string
  readonly amount: string
  readonly price: string
  readonly dollars: number
}

const events = 50 + 5
const sweeps = 60 * 730
const hours = 730
const million = 1_000_000

export function month(): readonly Post[] {
  const alarms = countOf('AWS::CloudWatch::Alarm')
  const configRules = countOf('AWS::Config::ConfigRule')
  const calls = events + sweeps
  const gigabyteSeconds = calls * 0.25 * 0.05
  return [
    post('AWS Config: rules', configRules * hours, 'evaluations', 0.001, 1),
    post('AWS Config: items', 10, 'items', 0.003, 1),
    post('CloudWatch: alarms', alarms, 'alarms', 0.1, 1),
    post('Lambda: calls', calls, 'calls', 0.2, million),
    post('Lambda: time', Math.round(gigabyteSeconds), 'GB-s (arm64)', 13.3334, million),
    post('DynamoDB: reads', sweeps + events * 4, 'reads', 0.125, million),
    post('DynamoDB: writes', events * 8, 'writes', 0.625, million),
    post('API Gateway: REST', events, 'calls', 3.5, million),
    post('EventBridge: AWS’s events', events, 'events', 0, million),
    post('SNS: e-mail', events, 'e-mails', 20, million),
    post('SSM: standard parameters', 3, 'parameters', 0, 1),
    post('CloudTrail: first trail', 1, 'trail', 0, 1),
  ]
}

function post(what: string, amount: number, unit: string, price: number, per: number): Post {
  const each = per === 1 ? `$${price}` : `$${price} / 1,000,000`
  return { what, amount: `${amount.toLocaleString('en')} ${unit}`, price: each, dollars: (amount * price) / per }
}

function countOf(type: string): number {
  const deployed = generatedTemplates().filter(({ region }) => region !== 'relayRegions')
  return deployed.flatMap(({ resources }) => resources.filter((one) => one.type === type)).length
}
