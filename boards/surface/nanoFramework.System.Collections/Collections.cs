using System;

[assembly: System.Reflection.AssemblyVersion("1.5.75.0")]

namespace System.Collections
{
    public class DictionaryEntry
    {
        public object Key;
        public object Value;
        public DictionaryEntry(object value1, object value2) => throw null;
    }

    public class Hashtable : ICloneable, IDictionary
    {
        public int Count { get => throw null; }
        public bool IsSynchronized { get => throw null; }
        public object SyncRoot { get => throw null; }
        public bool IsReadOnly { get => throw null; }
        public bool IsFixedSize { get => throw null; }
        public ICollection Keys { get => throw null; }
        public ICollection Values { get => throw null; }
        public object this[object key] { get => throw null; set => throw null; }
        public Hashtable() => throw null;
        public Hashtable(int value) => throw null;
        public Hashtable(int value1, float value2) => throw null;
        public object Clone() => throw null;
        public IEnumerator GetEnumerator() => throw null;
        public void CopyTo(Array array, int index) => throw null;
        public void Add(object value1, object value2) => throw null;
        public void Clear() => throw null;
        public bool Contains(object value) => throw null;
        public void Remove(object value) => throw null;
    }

    public interface IDictionary : ICollection
    {
        bool IsReadOnly { get; }
        bool IsFixedSize { get; }
        ICollection Keys { get; }
        ICollection Values { get; }
        object this[object key] { get; set; }
        void Add(object value1, object value2);
        void Clear();
        bool Contains(object value);
        void Remove(object value);
    }

    public interface IDictionaryEnumerator : IEnumerator
    {
        object Key { get; }
        object Value { get; }
        DictionaryEntry Entry { get; }
    }

    public class Queue : ICollection, ICloneable
    {
        public int Count { get => throw null; }
        public bool IsSynchronized { get => throw null; }
        public object SyncRoot { get => throw null; }
        public Queue() => throw null;
        public object Clone() => throw null;
        public void Clear() => throw null;
        public void CopyTo(Array array, int index) => throw null;
        public void Enqueue(object value) => throw null;
        public IEnumerator GetEnumerator() => throw null;
        public object Dequeue() => throw null;
        public object Peek() => throw null;
        public bool Contains(object value) => throw null;
        public object[] ToArray() => throw null;
    }

    public class Stack : ICollection, ICloneable
    {
        public int Count { get => throw null; }
        public bool IsSynchronized { get => throw null; }
        public object SyncRoot { get => throw null; }
        public Stack() => throw null;
        public void Clear() => throw null;
        public object Clone() => throw null;
        public bool Contains(object value) => throw null;
        public void CopyTo(Array array, int index) => throw null;
        public IEnumerator GetEnumerator() => throw null;
        public object Peek() => throw null;
        public object Pop() => throw null;
        public void Push(object value) => throw null;
        public object[] ToArray() => throw null;
    }
}
