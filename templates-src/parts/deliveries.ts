// The table of delivery records: what settles retries, windows and receipts. It stays beside the API when the function moves.
import { DynamoDB } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'

export const deliveriesName = ({ name }: Settings) => `${name}-deliveries`

export function deliveries(settings: Settings): Resources {
  return {
    Deliveries: new DynamoDB.Table({
      TableName: deliveriesName(settings),
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'alert', AttributeType: 'S' },
        { AttributeName: 'delivery', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'alert', KeyType: 'HASH' },
        { AttributeName: 'delivery', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  }
}
