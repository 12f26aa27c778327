using System.Reflection;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Packages.Tests;

/// <summary>The packages in an application that knows nothing of this repository.</summary>
[TestFixture]
internal sealed class WorkerTests
{
    [Test]
    public async Task A_worker_with_ten_migrations_of_its_own_is_guarded_by_the_packed_packages()
    {
        var folder = PackedRepository.FolderFor("worker");
        Worker.WriteTo(folder, PackedRepository.Version, HostingVersion(), PackedRepository.Packages);
        var built = await DotNet.RunAsync(folder, "build", "-nodeReuse:false", "-o", "out");
        Assert.That(built.ExitCode, Is.Zero, built.Text);
        var first = await DotNet.RunAsync(folder, Path.Combine("out", "Worker.dll"));
        var second = await DotNet.RunAsync(folder, Path.Combine("out", "Worker.dll"));
        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Text);
            Assert.That(second.ExitCode, Is.Zero, second.Text);
            Assert.That(Count(folder, "__EFMigrationsHistory"), Is.EqualTo(Worker.Migrations));
            Assert.That(Count(folder, "__migrator_history"), Is.EqualTo(Worker.Migrations));
        });
    }

    private static string HostingVersion() =>
        typeof(WorkerTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "ExtensionsVersion")
            .Value!;

    private static long Count(string folder, string table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "notes.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }
}
