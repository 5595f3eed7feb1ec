// Adds to a list with a bound: what comes last pushes out what came first.
export function push(list, item, limit) {
	list.push(item);
	if (list.length > limit) list.shift();
}
