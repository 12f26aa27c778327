namespace RagStudio.Data;

/// <summary>Makes PostgreSQL available to RAG Studio's data access layer.</summary>
public static class RagStudioPostgreSql
{
    /// <summary>
    /// Makes <see cref="DataProvider.PostgreSql"/> available in this process; repeated calls do nothing. For programs
    /// without a service container; others call <c>services.AddRagStudioPostgreSql()</c>.
    /// </summary>
    public static void Register() => StorageProvider.Register(PostgreSqlStorageProvider.Instance);
}
