using Bento.Dashboard.Tests;
using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Bento.Dashboard.Tests;

/// <summary>The browser of this machine, without a window; one for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Programs =
        ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Programs, File.Exists) is { } program)
        {
            _browser = await Puppeteer.LaunchAsync(new LaunchOptions
            {
                Browser = SupportedBrowser.Chromium,
                ExecutablePath = program,
                Headless = true,

                // Tests run as root in containers, where the browser cannot make its own; it sees only pages of this process.
                Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
            });
        }
    }

    /// <summary>A page in a window of its own, without anything that another left there.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1440, bool runsScript = true)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on this machine: apt-get install chromium");
        var context = await _browser!.CreateBrowserContextAsync();
        var page = await context.NewPageAsync();
        page.DefaultTimeout = 15_000;
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 1000 });
        await page.SetJavaScriptEnabledAsync(runsScript);
        await page.GoToAsync(address.ToString(), WaitUntilNavigation.DOMContentLoaded);
        return page;
    }

    public static Task UseThemeAsync(IPage page, bool isDark) => page.EmulateMediaFeaturesAsync(
        [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" }]);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }
}
