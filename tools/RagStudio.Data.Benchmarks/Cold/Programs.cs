namespace RagStudio.Data.Benchmarks;

/// <summary>The names of the measured programs.</summary>
internal static class Programs
{
    public const string Empty = "an empty program";
    public const string EmptyContainer = "an empty container, with options and logging";
    public const string EmptyHost = "an empty host";
    public const string PlainHistory = "read the history by plain ADO.NET, compare with the ids in the assembly";
    public const string ServerHistory = "read the history by plain Npgsql, compare with the ids in the assembly";
    public const string PlainSql = "the same SQL by plain ADO.NET, one transaction each";
    public const string EF = "EF Core MigrateAsync";
    public const string DbUp = "DbUp, one transaction per script";
    public const string FluentMigrator = "FluentMigrator";
    public const string Evolve = "Evolve";
    public const string Ours = "ours";
    public const string OursInContainer = "ours, in a container";
    public const string OursCompiled = "ours, compiled migrations";
    public const string OursInHost = "ours, MigrateOnStartup in a host";
    public const string BuildAll = "the compiler, all migrations";
    public const string BuildArchived = "the compiler, the last ten and an archive";
    public const string OursRollback = "ours, rollback of it";
    public const string CopyAndFlush = "cp, then sync";
    public const string OursRehearsed = "ours, rehearsed";
    public const string OursUpToDate = "ours, nothing pending";
    public const string OursStatus = "ours, status of what EF has applied";
    public const string ToolStatus = "ragstudio-db status";
    public const string ToolMigrate = "ragstudio-db migrate";
}
