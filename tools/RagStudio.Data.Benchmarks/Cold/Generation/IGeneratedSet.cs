using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>Supplies the context of a generated assembly to the migrator.</summary>
internal interface IGeneratedSet
{
    void AddTo(MigratorBuilder builder, string connectionString);
}
