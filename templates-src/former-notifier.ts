// The release before had the function, its role and its log in us-east-1's stack. What still knows of that imports this file; the
// release after the next deletes it.

/** What followed the guard's name in the names of that function and role. */
export const formerNotifier = 'notifier'

/** Whether a template has the function. */
export function hasFunction(body: string): boolean {
  return body.includes('"AWS::Lambda::Function"')
}
