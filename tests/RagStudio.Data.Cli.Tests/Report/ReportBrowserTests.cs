namespace RagStudio.Data.Cli.Tests;

/// <summary>Opens a report in a browser, and saves screenshots among the test's results.</summary>
[TestFixture]
internal sealed class ReportBrowserTests : CliTest
{
    private const string Luminance =
        "(() => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number); return (r + g + b) / 3; })()";

    private const string LeastContrast = """
        (() => {
          const light = color => {
            const [r, g, b] = color.match(/[0-9.]+/g).slice(0, 3).map(n => n / 255)
              .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = getComputedStyle(at).backgroundColor;
              if (color !== 'rgba(0, 0, 0, 0)') return color;
            }
            return 'rgb(255, 255, 255)';
          };
          const ratios = [...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('svg'))
            .map(e => [light(getComputedStyle(e).color), light(behind(e))].sort((a, b) => b - a))
            .map(([one, other]) => (one + 0.05) / (other + 0.05));
          return Math.min(...ratios);
        })()
        """;

    [TestCase(375, 812, "light")]
    [TestCase(375, 812, "dark")]
    [TestCase(1280, 900, "light")]
    [TestCase(1280, 900, "dark")]
    public async Task Report_fits_the_screen_and_follows_its_colour_scheme(int width, int height, string scheme)
    {
        if (Browser.Find() is not { } program)
        {
            Assert.Ignore("There is no Chromium on PATH.");
            return;
        }

        var file = await MakeAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var browser = await Browser.StartAsync(program, PathTo("profile"), limit.Token);
        using var page = await BrowserPage.OpenAsync(browser, limit.Token);
        await page.ShowAsync(file, width, height, scheme);
        await AttachAsync(page, $"report-{width}x{height}-{scheme}");

        var scrollWidth = (await page.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32();
        var innerWidth = (await page.EvaluateAsync("window.innerWidth")).GetInt32();
        var luminance = (await page.EvaluateAsync(Luminance)).GetDouble();
        var contrast = (await page.EvaluateAsync(LeastContrast)).GetDouble();
        var inside = await page.EvaluateAsync(
            "[...document.querySelectorAll('.diagram')].some(box => box.scrollWidth > box.clientWidth)"
        );
        Assert.Multiple(() =>
        {
            Assert.That(innerWidth, Is.EqualTo(width), "a phone zooms out of a page that is too wide");
            Assert.That(scrollWidth, Is.LessThanOrEqualTo(width));
            Assert.That(luminance, scheme == "dark" ? Is.LessThan(50) : Is.GreaterThan(230));
            Assert.That(contrast, Is.GreaterThanOrEqualTo(4.5));
            Assert.That(inside.GetBoolean(), Is.True, "the diagram scrolls in its own box");
        });
    }

    private async Task<string> MakeAsync()
    {
        await MigrateAsync();
        await RunAsync("rollback", "NormaliseEvents", "--yes", "--database", "events");
        Database.Execute(
            AppMeta,
            $"CREATE TABLE {new string('n', 200)} (id INTEGER PRIMARY KEY, {new string('c', 200)} TEXT)"
        );
        var result = await RunAsync("report", "--html", "report.html");
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        return PathTo("report.html");
    }

    private static async Task AttachAsync(BrowserPage page, string name)
    {
        foreach (var whole in new[] { false, true })
        {
            var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}{(whole ? "-whole" : "")}.png");
            await File.WriteAllBytesAsync(file, await page.ScreenshotAsync(whole));
            TestContext.AddTestAttachment(file);
        }
    }
}
