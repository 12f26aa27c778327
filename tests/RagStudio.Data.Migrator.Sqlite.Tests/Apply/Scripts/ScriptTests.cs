using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>Whatever SQL a migration contains, schema and rows are the same afterwards as with EF.</summary>
[NonParallelizable]
[TestFixture(false)]
[TestFixture(true)]
public sealed class ScriptTests(bool isCompiled)
{
    private const int Batches = 5;
    private const int BatchSize = 32;

    private readonly ScriptTemplate _template = new();

    [OneTimeTearDown]
    public void DeleteTemplate() => _template.Dispose();

    [Test]
    public async Task A_script_does_what_it_does_in_EF([Range(0, Batches - 1)] int batch)
    {
        var compared = 0;
        for (var seed = batch * BatchSize; seed < (batch + 1) * BatchSize; seed++)
        {
            compared += await CompareAsync(seed) ? 1 : 0;
        }
        // Some scripts fail in EF too; if most did, the others would prove little.
        Assert.That(compared, Is.GreaterThan(BatchSize / 4));
    }

    /// <returns>True if EF ran the script.</returns>
    private async Task<bool> CompareAsync(int seed)
    {
        RunScript.Commands = new GeneratedScript(seed).Commands();
        using var folder = new TemporaryFolder();
        using var efs = _template.Open();
        var ours = _template.CopyTo(folder);
        var before = ScriptDatabase.Read(efs);
        var failureOfEF = await FailureOfEFAsync(efs);
        var failure = await FailureAsync(ours);
        var (expected, after) = (ScriptDatabase.Read(efs), ScriptDatabase.Read(ours));
        if (failureOfEF is null && expected.BrokenReferences <= before.BrokenReferences)
        {
            Assert.That(failure, Is.Null, () => Describe(seed));
            Assert.That(after, Is.EqualTo(expected), () => Describe(seed));
        }
        if (failure is not null)
        {
            Assert.That(after, Is.EqualTo(before), () => Describe(seed));
        }
        return failureOfEF is null;
    }

    private static async Task<Exception?> FailureOfEFAsync(SqliteConnection connection)
    {
        await using var context = new ScriptContext(new DbContextOptionsBuilder().UseSqlite(connection).Options);
        try
        {
            await context.Database.MigrateAsync();
            return null;
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            return failure;
        }
    }

    private async Task<Exception?> FailureAsync(string file)
    {
        var manager = Shop.Manager(
            options =>
            {
                options.AllowDestructive = true;
                options.ValidateAfterMigration = false;
                options.RehearseBeforeMigrate = RehearsalPolicy.Never;
            },
            migrator =>
                migrator.AddSqliteDatabase<ScriptContext>(
                    "script",
                    $"Data Source={file}",
                    options => options.MigrationsAssembly = isCompiled ? Compile() : null
                )
        );
        try
        {
            await manager.MigrateAsync();
            return null;
        }
        catch (MigrationFailedException failure)
        {
            return failure;
        }
    }

    private static CompiledAssembly Compile()
    {
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<ScriptContext>("compiled", "Data Source=never opened");
        using var provider = services.BuildServiceProvider();
        var compiled = provider.GetRequiredService<IMigrationDatabase>().Compile();
        return new CompiledAssembly(typeof(ScriptContext).Assembly, compiled.FileName, compiled.ToJson());
    }

    private static string Describe(int seed) =>
        $"seed {seed}:\n"
        + string.Join(
            "\n",
            RunScript.Commands.Select(command =>
                $"{(command.SuppressTransaction ? "outside" : "inside")}: {command.Sql}"
            )
        );
}
