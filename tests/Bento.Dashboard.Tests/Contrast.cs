using PuppeteerSharp;

namespace Bento.Dashboard.Tests;

/// <summary>The contrast of texts to what is behind them, as WCAG 2 counts it.</summary>
internal static class Contrast
{
    /// <summary>The browser mixes and resolves the colours itself: a canvas says what came of them.</summary>
    private const string Script = """
        () => {
          const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgb = color => {
            context.clearRect(0, 0, 1, 1);
            context.fillStyle = color;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data];
          };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = rgb(getComputedStyle(at).backgroundColor);
              if (color[3] === 255) return color;
            }
            return [255, 255, 255, 255];
          };
          const poor = new Set();
          for (const element of document.querySelectorAll('body *')) {
            const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join('');
            if (!text || !element.checkVisibility()) continue;
            const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${text.slice(0, 20)}: ${ratio.toFixed(2)}`);
          }
          return [...poor];
        }
        """;

    public static Task<string[]> FindPoorAsync(IPage page) => page.EvaluateFunctionAsync<string[]>(Script);
}
