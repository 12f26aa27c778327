using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Packages.Tests;

/// <summary>Tests the packages in an application that does not know this repository.</summary>
[TestFixture]
internal sealed class WorkerTests
{
    [Test]
    public async Task A_worker_with_ten_migrations_of_its_own_is_guarded_by_the_native_code_of_the_packages()
    {
        var folder = PackedRepository.FolderFor("worker");
        Worker.WriteTo(folder, PackedRepository.Version, BuildFacts.ExtensionsVersion, PackedRepository.Packages);
        var built = await DotNet.RunAsync(folder, "build", "-nodeReuse:false", "-o", "out");
        Assert.That(built.ExitCode, Is.Zero, built.Text);
        var first = await DotNet.RunAsync(folder, Path.Combine("out", "Worker.dll"));
        var second = await DotNet.RunAsync(folder, Path.Combine("out", "Worker.dll"));
        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Text);
            Assert.That(second.ExitCode, Is.Zero, second.Text);
            Assert.That(first.Text, Does.Contain(NativeAssembly("RagStudio.Data.Migrator")));
            Assert.That(first.Text, Does.Contain(NativeAssembly("RagStudio.Data.Migrator.Sqlite")));
            Assert.That(Count(folder, "__EFMigrationsHistory"), Is.EqualTo(Worker.Migrations));
            Assert.That(Count(folder, "__migrator_history"), Is.EqualTo(Worker.Migrations));
        });
    }

    private static string NativeAssembly(string name) =>
        Path.Combine("out", "runtimes", BuildFacts.RuntimeIdentifier, "lib", "net10.0", name + ".dll");

    private static long Count(string folder, string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "notes.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }
}
