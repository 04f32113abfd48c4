// A function that does nothing: what is left is Node's own time.
exports.handler = async () => ({ statusCode: 200, body: '' })
