namespace RagStudio.Data.Migrator;

internal static class RunActivityText
{
    public static string Describe(this RunActivity activity) =>
        activity switch
        {
            RunActivity.Migrate => "migrating",
            RunActivity.Rollback => "rolling back",
            RunActivity.Restore => "restoring a backup",
            RunActivity.BackUp => "backing up",
            RunActivity.Accept => "accepting an edited migration",
            RunActivity.Copy => "copying",
            RunActivity.Reopen => "reopening",
            RunActivity.Adopt => "adopting",
            RunActivity.Relocate => "moving a database",
            _ => "recovering",
        };
}
