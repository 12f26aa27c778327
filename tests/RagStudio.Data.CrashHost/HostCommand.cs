using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>The command for the program that is killed.</summary>
/// <param name="Folder">The shop's folder.</param>
/// <param name="Activity">The operation.</param>
/// <param name="Release">The release of its program.</param>
/// <param name="Argument">The version to roll back to or the backup to restore; otherwise empty.</param>
/// <param name="KillAt">
/// The number of the report at which it kills itself, or <c>phase:number</c>; empty for never.
/// </param>
/// <param name="Rehearses">True if it rehearses every migration.</param>
/// <param name="Compiled">True if its migrations are compiled.</param>
/// <param name="Outdated">The migration that was changed after it was compiled; empty for none.</param>
/// <param name="Border">The migration before which all are archived; empty if none are.</param>
public sealed record HostCommand(
    string Folder,
    RunActivity Activity,
    ShopRelease Release,
    string Argument = "",
    string KillAt = "",
    bool Rehearses = false,
    bool Compiled = false,
    string Outdated = "",
    string Border = ""
)
{
    public IReadOnlyList<string> ToArguments() =>
        [Folder, $"{Activity}", $"{Release}", Argument, KillAt, $"{Rehearses}", $"{Compiled}", Outdated, Border];

    public static HostCommand Parse(string[] arguments) =>
        new(
            arguments[0],
            Enum.Parse<RunActivity>(arguments[1]),
            Enum.Parse<ShopRelease>(arguments[2]),
            arguments[3],
            arguments[4],
            bool.Parse(arguments[5]),
            bool.Parse(arguments[6]),
            arguments[7],
            arguments[8]
        );

    /// <summary>The shop, as its program has its migrations.</summary>
    public Shop Open() => new(Folder, Compiled, NoneIfEmpty(Outdated), NoneIfEmpty(Border));

    public Task RunAsync(IProgress<MigrationProgress> progress)
    {
        var policy = Rehearses ? RehearsalPolicy.Always : RehearsalPolicy.WhenDestructive;
        var manager = Open()
            .Manager(
                Release,
                options =>
                {
                    options.RehearseBeforeMigrate = policy;
                    // Half of the programs check what they have touched, as on a large database.
                    options.CheckEverythingUpTo = Compiled ? 0 : options.CheckEverythingUpTo;
                }
            );
        return Activity switch
        {
            RunActivity.Migrate => manager.MigrateAsync(progress),
            RunActivity.Rollback => manager.RollbackToVersionAsync(Argument, progress),
            RunActivity.Restore => manager.RestoreAsync(Argument, progress),
            RunActivity.BackUp => manager.Backups.CreateAsync(progress),
            RunActivity.Adopt => manager.AdoptAsync(new AdoptOptions(), progress),
            _ => manager.RecoverAsync(progress),
        };
    }

    private static string? NoneIfEmpty(string version) => version.Length > 0 ? version : null;
}
