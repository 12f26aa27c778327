using System.Globalization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// This program in the role of another one. Each role is a separate class, so a process loads and
/// JIT-compiles nothing of the other roles.
/// </summary>
internal static class Child
{
    public const string Argument = "--child";

    public const string Empty = "empty";
    public const string EmptyContainer = "empty-container";
    public const string EmptyHost = "empty-host";
    public const string PlainHistory = "plain-history";
    public const string PlainSql = "plain-sql";
    public const string EFRagStudio = "ef-ragstudio";
    public const string EFGenerated = "ef-generated";
    public const string DbUp = "dbup";
    public const string FluentMigrator = "fluentmigrator";
    public const string Evolve = "evolve";
    public const string OursRagStudio = "ours-ragstudio";
    public const string OursFactory = "ours-factory";
    public const string OursGenerated = "ours-generated";
    public const string OursUpgrade = "ours-upgrade";
    public const string OursStatus = "ours-status";
    public const string EFUpTo = "ef-up-to";
    public const string OursHost = "ours-host";
    public const string DbUpServer = "dbup-server";
    public const string EvolveServer = "evolve-server";
    public const string HistoryServer = "history-server";
    public const string Large = "large";
    public const string Script = "script";
    public const string Compile = "compile";
    public const string Archive = "archive";
    public const string CheckCompiled = "check-compiled";

    /// <param name="args"><see cref="Argument"/>, the role, and the role's own arguments.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var given = args[2..];
        await (
            args[1] switch
            {
                Empty => Task.CompletedTask,
                EmptyContainer => EmptyContainerChild.RunAsync(),
                EmptyHost => HostChild.RunEmptyAsync(),
                PlainHistory => PlainHistoryChild.RunAsync(given[0]),
                PlainSql => PlainSqlChild.RunAsync(given[0], given[1]),
                EFRagStudio => EFRagStudioChild.RunAsync(given[0]),
                EFGenerated => EFGeneratedChild.RunAsync(given[0], given[1]),
                DbUp => DbUpChild.RunAsync(given),
                FluentMigrator => FluentMigratorChild.RunAsync(given),
                Evolve => EvolveChild.RunAsync(given),
                DbUpServer => DbUpServerChild.RunAsync(given[0], given[1]),
                EvolveServer => EvolveServerChild.RunAsync(given[0], given[1]),
                HistoryServer => HistoryServerChild.RunAsync(given[0], given[1]),
                OursRagStudio => OursRagStudioChild.RunAsync(given[0]),
                OursFactory => OursFactoryChild.RunAsync(given[0]),
                OursGenerated => OursGeneratedChild.RunAsync(given[0], given[1]),
                OursUpgrade => OursGeneratedChild.UpgradeAsync(
                    given[0],
                    given[1],
                    Enum.Parse<RehearsalPolicy>(given[2])
                ),
                OursStatus => OursGeneratedChild.ReadStatusAsync(given[0], given[1]),
                EFUpTo => EFGeneratedChild.RunUpToAsync(
                    given[0],
                    given[1],
                    int.Parse(given[2], CultureInfo.InvariantCulture)
                ),
                OursHost => HostChild.RunOursAsync(given[0]),
                CheckCompiled => CheckCompiledChild.RunAsync(given[0], given[1]),
                Compile => CompileChild.RunAsync(given[0], given[1], given[2]),
                Archive => ArchiveChild.RunAsync(given[0], given[1], given[2], given[3]),
                Large => LargeChild.RunAsync(given[0], given[1], given[2]),
                Script => ScriptChild.RunAsync(given[0], given[1], given[2]),
                _ => throw new ArgumentException($"There is no role {args[1]}.", nameof(args)),
            }
        );
        return 0;
    }
}
