// Lambda: what CreateFunction refuses. cfn-lint holds the 4 KB of the environment and the runtimes.
import { object, type Rule, resource } from './rule.ts'

export const lambda: readonly Rule[] = [
  {
    id: 'lambda/inline-code-is-index',
    fact: 'CloudFormation puts inline code into a module with the name index: the handler begins with it.',
    source: 'CloudFormation Template Reference, AWS::Lambda::Function Code, ZipFile',
    sure: 'H',
    basis: 'documentation',
    of: ['AWS::Lambda::Function'],
    check: ({ Properties: { Code, Handler } }) =>
      object(Code).ZipFile === undefined || String(Handler).startsWith('index.')
        ? []
        : [{ property: 'Handler', found: Handler, allowed: 'index. and the name of the function' }],
    wrong: [
      {
        Function: resource('AWS::Lambda::Function', {
          Code: { ZipFile: 'exports.handler = async () => 1' },
          Handler: 'notifier.handler',
          Role: 'arn:aws:iam::111122223333:role/sample',
          Runtime: 'nodejs24.x',
        }),
      },
    ],
  },
]
