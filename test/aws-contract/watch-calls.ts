// Loaded before a command that a test runs, and before the tests themselves: what their calls send is held to botocore's
// models, whatever answers them. A stand-in takes a name that is too long; AWS does not.
import { IAMClient } from '@aws-sdk/client-iam'
import { brokenInput } from './model.ts'

interface AnyClient {
  readonly config: { readonly serviceId?: string }
  send(
    command: { readonly input: object; readonly constructor: { readonly name: string } },
    ...more: unknown[]
  ): unknown
}

/** What every client of the SDK is made of. */
export const Client: { readonly prototype: AnyClient } = Object.getPrototypeOf(IAMClient)

const { send } = Client.prototype
Client.prototype.send = function (command, ...more) {
  const call = command.constructor.name.replace(/Command$/, '')
  const [first] = brokenInput(this.config.serviceId ?? '', call, command.input)
  if (first !== undefined) {
    const { property, found, allowed } = first
    throw new Error(`AWS would refuse ${call}: ${property}: found ${JSON.stringify(found)}; allowed: ${allowed}`)
  }
  return send.call(this, command, ...more)
}
