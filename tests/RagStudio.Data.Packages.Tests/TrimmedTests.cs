using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Packages.Tests;

/// <summary>
/// Tests the packages in a program that is published trimmed. The trimmer and the runtime are separate
/// packages: without a source for them there is nothing to test.
/// </summary>
[TestFixture]
internal sealed class TrimmedTests
{
    private const string Trimming = """
          <PropertyGroup>
            <PublishTrimmed>true</PublishTrimmed>
            <SuppressTrimAnalysisWarnings>true</SuppressTrimAnalysisWarnings>
          </PropertyGroup>
        """;

    /// <summary>NuGet's errors for an unreachable source, and for a package that none of its sources has.</summary>
    private static readonly string[] NotFound = ["NU1301", "NU1101", "NU1102"];

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
        string[] how = ["-nodeReuse:false", "-r", BuildFacts.RuntimeIdentifier];
        var restored = await DotNet.RunAsync(folder, ["restore", .. how, "-p:SelfContained=true"]);
        if (restored.ExitCode != 0 && NotFound.Any(restored.Text.Contains))
        {
            Assert.Ignore(restored.Text);
        }
        Assert.That(restored.ExitCode, Is.Zero, restored.Text);
        var published = await DotNet.RunAsync(folder, ["publish", .. how, "--self-contained", "-o", "out"]);
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
