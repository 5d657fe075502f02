using Bento.TestBench;
using PuppeteerSharp;

namespace Bento.Dashboard.Tests;

/// <summary>
/// Every page at the widths of a phone, a tablet and a desk, light and dark: nothing is wider than the window, and every text stands out
/// from what is behind it. The pictures lie in artifacts/pictures, to be looked at; the README shows some of them.
/// </summary>
public sealed class PictureTests(Chromium chromium, PictureBench bench) : IClassFixture<PictureBench>
{
    private static readonly string Pictures = Directory.CreateDirectory(Path.Join(Repository.Root, "artifacts", "pictures")).FullName;

    [Theory(Timeout = 60_000)]
    [InlineData("fleet", "/")]
    [InlineData("host", "/hosts/edge-9")]
    [InlineData("rollout", "/rollout")]
    [InlineData("log", "/hosts/web-1/logs/0-12-1")]
    public async Task A_page_fits_and_reads_at_every_width_light_and_dark(string name, string path)
    {
        var page = await chromium.OpenAsync(new Uri(bench.Address, path));
        foreach (var isDark in new[] { false, true })
        {
            await Chromium.UseThemeAsync(page, isDark);
            Assert.Empty(await Contrast.FindPoorAsync(page));
            foreach (var width in new[] { 390, 820, 1440 })
            {
                await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 1000 });
                Assert.Equal(width, await page.EvaluateExpressionAsync<int>("document.documentElement.scrollWidth"));
                await page.ScreenshotAsync(Path.Join(Pictures, $"{name}-{width}-{(isDark ? "dark" : "light")}.png"));
            }
        }

        await page.CloseAsync();
    }
}
