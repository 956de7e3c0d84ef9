/** Style of a diagram, over the colours that Graphviz writes. Every text has a contrast of at least 4.5. */
export const diagramStyle = `
.diagram text { fill: #1f2328; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.diagram .node path, .diagram .node polygon { fill: #ffffff; stroke: #6e7781; }
.diagram .edge path { stroke: #6e7781; }
.diagram .edge polygon { fill: #6e7781; stroke: #6e7781; }
.diagram .edge text { fill: #59636e; }
.diagram .node text:first-of-type { font-weight: 600; }
@media (prefers-color-scheme: dark) {
  .diagram text { fill: #e6edf3; }
  .diagram .node path, .diagram .node polygon { fill: #212830; stroke: #9198a1; }
  .diagram .edge path { stroke: #9198a1; }
  .diagram .edge polygon { fill: #9198a1; stroke: #9198a1; }
  .diagram .edge text { fill: #9ea7b3; }
}
@media print { .diagram text, .diagram .edge text { fill: #1f2328; } .diagram .node path { fill: #ffffff; } }
`;
