using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Packages.Tests;

/// <summary>The packages in a program that is published trimmed. Slow, and the trimmer comes from a package of its own: run by name.</summary>
[TestFixture]
[Explicit("Publishes twice, and restores the trimmer and the runtime from the package source.")]
internal sealed class TrimmedTests
{
    private const string Trimming = """
          <PropertyGroup>
            <PublishTrimmed>true</PublishTrimmed>
            <SuppressTrimAnalysisWarnings>true</SuppressTrimAnalysisWarnings>
          </PropertyGroup>
        """;

    private const string Rooting = """
          <ItemGroup>
            <TrimmerRootAssembly Include="Worker" />
          </ItemGroup>
        """;

    [Test]
    public async Task A_trimmed_program_that_roots_its_migrations_migrates()
    {
        var folder = await PublishAsync("trimmed", Trimming + Rooting);

        var first = await RunAsync(folder);
        var second = await RunAsync(folder);

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Text + second.Text);
        Assert.That(Count(folder, "__EFMigrationsHistory"), Is.EqualTo(Worker.Migrations));
        Assert.That(Count(folder, "notes10"), Is.Zero);
    }

    [Test]
    public async Task One_that_does_not_is_refused_at_its_start_and_makes_no_database()
    {
        var folder = await PublishAsync("lost", Trimming);

        var result = await RunAsync(folder);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Text, Does.Contain("NoMigrationsException").And.Contain("TrimmerRootAssembly"));
        Assert.That(Path.Combine(folder, "notes.db"), Does.Not.Exist);
    }

    private static async Task<string> PublishAsync(string name, string more)
    {
        var folder = PackedRepository.FolderFor(name);
        Worker.WriteTo(folder, PackedRepository.Version, BuildFacts.ExtensionsVersion, PackedRepository.Packages, more);
        string[] how = ["-nodeReuse:false", "--self-contained", "-r", BuildFacts.RuntimeIdentifier, "-o", "out"];
        var published = await DotNet.RunAsync(folder, ["publish", .. how]);
        Assert.That(published.ExitCode, Is.Zero, published.Text);
        return folder;
    }

    private static Task<(int ExitCode, string Text)> RunAsync(string folder) =>
        DotNet.RunProgramAsync(Path.Combine(folder, "out", "Worker"), folder);

    private static long Count(string folder, string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "notes.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }
}
