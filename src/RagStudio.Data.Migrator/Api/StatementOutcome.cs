namespace RagStudio.Data.Migrator;

/// <summary>What a person has found out about a statement that a run started and that nobody can repeat.</summary>
public enum StatementOutcome
{
    /// <summary>It was executed: it is not executed again.</summary>
    Done,

    /// <summary>It may be executed again, once.</summary>
    RunAgain,
}
