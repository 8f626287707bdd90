-- Neovim's own client: diagnostics, code action with resolve, edit applied. Prints one line for each.
local file = vim.env.STAGES_FILE
vim.cmd('edit ' .. file)
vim.bo.filetype = 'dockerfile'
local client = vim.lsp.start_client({
  name = 'dockerfile-stages',
  cmd = { 'dockerfile-stages', 'lsp', '--stdio' },
  root_dir = vim.fn.fnamemodify(file, ':h'),
})
vim.lsp.buf_attach_client(0, client)
local function check(name, ok)
  io.stdout:write((ok and 'ok     ' or 'FAILED ') .. 'neovim: ' .. name .. '\n')
end
local arrived = vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end)
check('diagnostics', arrived)
local first = vim.diagnostic.get(0)[1] or { lnum = 0, col = 0 }
check('the diagnostic has its code', first.code ~= nil or (first.user_data or {}).lsp ~= nil)
local params = {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = { start = { line = first.lnum, character = first.col }, ['end'] = { line = first.lnum, character = first.col } },
  context = { diagnostics = {}, only = { 'quickfix' } },
}
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 10000) or {}
local action
for _, answer in pairs(answers) do
  for _, one in ipairs(answer.result or {}) do
    if action == nil and vim.startswith(one.title, 'Split') then action = one end
  end
end
check('a code action', action ~= nil)
if action ~= nil and action.edit == nil then
  for _, answer in pairs(vim.lsp.buf_request_sync(0, 'codeAction/resolve', action, 10000) or {}) do
    action = answer.result or action
  end
end
check('its edit', action ~= nil and action.edit ~= nil)
if action ~= nil and action.edit ~= nil then
  vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
end
local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
check('the edit is applied', text:find('AS runtime', 1, true) ~= nil)
vim.cmd('silent write')
vim.cmd('qall!')
