using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Benchmarks;

/// <summary>How EF alone is given the context of a generated assembly.</summary>
internal interface IGeneratedContext
{
    DbContext Create(string connectionString);
}
