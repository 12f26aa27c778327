using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Benchmarks;

/// <summary>Supplies the context of a generated assembly to EF alone.</summary>
internal interface IGeneratedContext
{
    DbContext Create(string connectionString);
}
