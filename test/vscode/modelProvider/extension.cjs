// An extension of its own that brings a language model to the editor, as a real one would; what the model says is
// scripted: it looks a VM up, and when it knows it, it proposes to stop it. Installed by the suite of the editor's
// own models only, and nothing that ships.

const vscode = require('vscode');

const model = {
  id: 'scripted-editor-model',
  name: 'Scripted Editor Model',
  family: 'scripted',
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 4_000,
  capabilities: { toolCalling: true },
};

/** @param {import('vscode').ExtensionContext} context */
exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: async () => [model],
    provideLanguageModelChatResponse: async (_model, messages, _options, progress) => {
      const results = messages.flatMap((message) =>
        [...message.content].filter((part) => part instanceof vscode.LanguageModelToolResultPart),
      );
      const call = (name, input) =>
        progress.report(new vscode.LanguageModelToolCallPart(`call-${results.length}`, name, input));
      progress.report(new vscode.LanguageModelTextPart('Let me see. '));
      if (results.length === 0) call('find_resources', { kind: 'vm', name: 'dev-1' });
      else call('stop_vm', { targets: ['dev-1'] });
    },
    provideTokenCount: async (_model, text) => Math.ceil(JSON.stringify(text).length / 4),
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('pilothouse-test', provider));
};
