using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>How the migrator is given the context of a generated assembly.</summary>
internal interface IGeneratedSet
{
    void AddTo(MigratorBuilder builder, string connectionString);
}
