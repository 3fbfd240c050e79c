// The frame of a page of ours inside the editor: its script, its style sheets and a policy that lets nothing else
// in. No data is ever written into it; the page gets its data by messages.

/** Addresses of the page's files, as the editor serves them. */
export interface PageFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** Source that the policy allows style sheets and fonts from. */
  readonly source: string;
  readonly title: string;
}

export function pageHtml(files: PageFiles, nonce: string): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${files.source}`,
    `font-src ${files.source}`,
    `img-src ${files.source}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${files.styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
<title>${files.title}</title>
</head>
<body>
<script nonce="${nonce}" src="${files.script}"></script>
</body>
</html>`;
}
