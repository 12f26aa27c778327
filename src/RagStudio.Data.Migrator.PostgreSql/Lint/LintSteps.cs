using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Runs migrations on a scratch database, statement by statement, each of them observed.</summary>
internal sealed class LintSteps(NpgsqlConnection scratch, StatementObserver observer) : IMigrationStepProvider
{
    private readonly List<string> _following = [];

    /// <summary>The statements that follow the commit of the run.</summary>
    public IReadOnlyList<string> Following => _following;

    public string HistoryChange(string version, bool reverts) => "";

    public Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        observer.Begin();
        return Task.FromResult<IMigrationStepScope>(new LintStep(scratch, commands, limits, observer, _following.Add));
    }
}
