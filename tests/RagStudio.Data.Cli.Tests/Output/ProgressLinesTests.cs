using Microsoft.Extensions.Time.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ProgressLinesTests
{
    private FakeTimeProvider _time = null!;
    private List<string> _lines = null!;
    private ProgressLines _progress = null!;

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _lines = [];
        _progress = new ProgressLines(_lines.Add, _time);
    }

    [TearDown]
    public async Task End() => await _progress.DisposeAsync();

    [Test]
    public void Work_that_is_done_at_once_writes_nothing()
    {
        _progress.Report(new ProgressStep("Locking"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(_lines, Is.Empty);
    }

    [Test]
    public void Of_many_short_steps_some_are_told()
    {
        foreach (var step in Enumerable.Range(1, 100))
        {
            _progress.Report(ProgressStep.Count($"Applying {step}", step, 100, "migration"));
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }
        Assert.That(
            _lines,
            Is.EqualTo(
                new[]
                {
                    "Applying 50, 50 of 100 migrations, 5.0 s",
                    "Applying 70, 70 of 100 migrations, 7.0 s",
                    "Applying 90, 90 of 100 migrations, 9.0 s",
                }
            )
        );
    }

    [Test]
    public void A_long_step_is_told_again_also_where_it_reports_nothing()
    {
        _progress.Report(new ProgressStep("Applying one"));
        foreach (var _ in Enumerable.Range(1, 45))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.That(
            _lines,
            Is.EqualTo(new[] { "Applying one, 5.0 s", "Applying one, 25.0 s", "Applying one, 45.0 s" })
        );
    }
}
