using System.CommandLine;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The option that consents to statements after the commit that nobody can repeat.</summary>
internal static class UnrepeatableConsent
{
    public static Option<bool> Create() =>
        new("--allow-unrepeatable-statements")
        {
            Description =
                "On a server: execute, after the commit, statements that no transaction can contain and nobody can repeat. After a kill in one, a person has to find out what it has done.",
        };

    /// <summary>Sets the migrator's option if the command line gives consent.</summary>
    public static void Apply(CommandContext context, Option<bool> option)
    {
        if (context.Parsed.GetValue(option))
        {
            context.Configure(options => options.AllowUnrepeatableStatements = true);
        }
    }

    /// <summary>Describes the statements that a plan would execute, for the prompt.</summary>
    public static IReadOnlyList<string> Describe(MigrationPlan plan) =>
        [
            .. from database in plan.Databases
            from migration in database.Migrations
            from finding in migration.Findings
            where finding.Kind == PlanFindingKind.UnrepeatableStatement
            select $"{migration.Version} of '{database.Name}' {finding.Detail}.",
        ];
}
