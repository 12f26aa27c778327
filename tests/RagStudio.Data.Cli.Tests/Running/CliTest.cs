using Microsoft.Data.Sqlite;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Runs command lines within this process, in a new folder.</summary>
internal abstract class CliTest
{
    private readonly Dictionary<string, string> _variables = [];
    private TemporaryFolder _folder = null!;

    protected string Folder => _folder.Path;

    protected string DataDirectory => PathTo("data");

    protected string AppMeta => PathTo("data", "app_meta.db");

    protected string Events => PathTo("data", "events.db");

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _variables.Clear();
        Answer = null;
    }

    [TearDown]
    public void DeleteFolder()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    protected string PathTo(params string[] parts) => _folder.Combine(parts);

    protected void Set(string variable, string value) => _variables[variable] = value;

    /// <summary>The user's answer to a prompt; <see langword="null"/> if no one can be asked.</summary>
    protected string? Answer { get; set; }

    protected Task<CliResult> RunAsync(params string[] args) => RunAsync(args, CancellationToken.None);

    protected async Task<CliResult> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var answers = Answer is null ? null : new StringReader(Answer);
        var environment = new CliEnvironment(output, error, Folder, _variables.GetValueOrDefault, Answers: answers);
        var exitCode = await CommandLine.RunAsync(args, environment, cancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Creates both databases, for tests that start with them.</summary>
    protected async Task MigrateAsync(params string[] options)
    {
        var result = await RunAsync(["migrate", .. options]);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
    }

    protected string Write(string path, string text)
    {
        var file = PathTo(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
