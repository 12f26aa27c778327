using Microsoft.Extensions.Time.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class CommandOutputTests
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly FakeTimeProvider _time = new();

    [OneTimeTearDown]
    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [SetUp]
    public void Clear()
    {
        _out.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
    }

    [Test]
    public void Fail_tells_the_stack_only_to_the_developer()
    {
        var error = new InvalidOperationException("the cause");
        Output(default).Fail(new Failure(ExitCode.Unexpected, "it failed"), error);
        Assert.That(_error.ToString(), Is.EqualTo("error: it failed" + Environment.NewLine));
        Output(default, debug: true).Fail(new Failure(ExitCode.Unexpected, "it failed"), error);
        Assert.That(_error.ToString(), Does.Contain("System.InvalidOperationException: the cause"));
    }

    [Test]
    public void Fail_is_one_document_where_json_is_asked_for()
    {
        Output(new OutputStyle(Json: true, Quiet: true)).Fail(new Failure(ExitCode.Locked, "'größe' is\nlocked"));
        Assert.Multiple(() =>
        {
            Assert.That(
                _out.ToString().ReplaceLineEndings("\n"),
                Is.EqualTo("{\n  \"error\": \"'größe' is\\nlocked\",\n  \"exitCode\": 8\n}\n")
            );
            Assert.That(_error.ToString(), Is.EqualTo("error: 'größe' is locked" + Environment.NewLine));
        });
    }

    [TestCase(false, "warning: careful\n")]
    [TestCase(true, "")]
    public void Warn_is_one_line_unless_it_is_to_be_quiet(bool quiet, string expected)
    {
        Output(new OutputStyle(Json: false, quiet)).Warn("careful");
        Assert.That(_error.ToString().ReplaceLineEndings("\n"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Warn_waits_until_the_progress_bar_is_gone()
    {
        var output = Output(default, terminal: true);
        var result = await output.WithProgressAsync(bar =>
        {
            bar!.Report(new ProgressStep("Working", 1, 2));
            output.Warn("careful");
            Assert.That(_error.ToString(), Does.Not.Contain("careful"));
            return Task.FromResult("done");
        });
        Assert.Multiple(() =>
        {
            Assert.That(result, Is.EqualTo("done"));
            Assert.That(_error.ToString().ReplaceLineEndings("\n"), Does.EndWith("warning: careful\n"));
        });
    }

    [TestCase(false, false, true)]
    [TestCase(false, true, false)]
    [TestCase(true, true, false)]
    public async Task No_progress_is_shown_where_nobody_watches(bool terminal, bool quiet, bool json)
    {
        var reported = await Output(new OutputStyle(json, quiet), terminal: terminal)
            .WithProgressAsync(bar => Task.FromResult(bar is not null));
        Assert.That((reported, _error.ToString()), Is.EqualTo((false, "")));
    }

    [Test]
    public async Task Progress_is_plain_lines_in_a_pipe()
    {
        await Output(default)
            .WithProgressAsync(lines =>
            {
                lines!.Report(new ProgressStep("Working\non it"));
                _time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(0);
            });
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(_error.ToString().ReplaceLineEndings("\n"), Is.EqualTo("Working on it, 5.0 s\n"));
    }

    private CommandOutput Output(OutputStyle style, bool debug = false, bool terminal = false) =>
        new(
            new CliEnvironment(
                _out,
                _error,
                "/",
                name => debug && name == "RAGSTUDIO_DEBUG" ? "1" : null,
                ErrorIsTerminal: terminal,
                Time: _time
            ),
            style
        );
}
