using System.Text;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Commands on SQLite do not pay for the other provider.</summary>
[TestFixture]
internal sealed class LoadedAssembliesTests : CliTest
{
    private const string LoaderEvents = "Microsoft-Windows-DotNETRuntime:0x8:4";

    [Test]
    public async Task Status_of_RAG_Studio_loads_nothing_of_PostgreSQL() => await AssertNoneAsync("status");

    [Test]
    public async Task Status_of_an_application_on_SQLite_loads_nothing_of_PostgreSQL() =>
        await AssertNoneAsync("status", "--assembly", SampleApplication.Assembly);

    private async Task AssertNoneAsync(params string[] args)
    {
        var trace = PathTo("loaded.nettrace");
        var result = await ToolProcess.RunAsync(
            Folder,
            new Dictionary<string, string>
            {
                ["DOTNET_EnableEventPipe"] = "1",
                ["DOTNET_EventPipeConfig"] = LoaderEvents,
                ["DOTNET_EventPipeOutputPath"] = trace,
            },
            args
        );
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        var loaded = Encoding.Unicode.GetString(await File.ReadAllBytesAsync(trace));
        // Names begin at even and at odd places of the file.
        var shifted = Encoding.Unicode.GetString((await File.ReadAllBytesAsync(trace))[1..]);
        bool IsLoaded(string assembly) => (loaded + shifted).Contains(assembly, StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(IsLoaded("RagStudio.Data.Migrator.Sqlite"), Is.True);
            Assert.That(IsLoaded("Npgsql"), Is.False);
            Assert.That(IsLoaded("RagStudio.Data.Migrator.PostgreSql"), Is.False);
            Assert.That(IsLoaded("RagStudio.Data.PostgreSql"), Is.False);
        });
    }
}
