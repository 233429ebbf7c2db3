"""The grammar of expressions: plans.md, section 3.

The words are cut by rules/expressions/tokens.py, which knows the names of fields.
"""

GRAMMAR = r"""%declare NUMBER NAME LITERAL PLUS MINUS TIMES DIVIDE _LEFT _RIGHT _COMMA _ITEM _COLON _DOT
%declare ROWS SUM DISTINCT MEAN HIGHEST LOWEST DAYS WORKING_DAYS _IN_TIME
%declare COMPARE FILLED BLANK _AMONG _CONTAINS _FOUND_IN _AND _OR _NOT

?start: expression

?expression: term
           | term ((PLUS | MINUS) term)+                -> calculation
?term: factor
     | factor ((TIMES | DIVIDE) factor)+                -> calculation
?factor: NUMBER                                         -> number
       | MINUS NUMBER                                   -> below_zero
       | _LEFT expression _RIGHT
       | aggregate

?aggregate: ROWS _LEFT name _COLON? _RIGHT              -> rows_of_source
          | ROWS _LEFT source? condition _RIGHT         -> rows
          | DISTINCT _LEFT source? fields (_COMMA condition)? _RIGHT  -> distinct
          | (SUM | MEAN | HIGHEST | LOWEST) _LEFT source? value (_COMMA condition)? _RIGHT  -> of_value

source: name _COLON
fields: name (_ITEM name)*
name: NAME (_DOT NAME)*

?value: product
      | product ((PLUS | MINUS) product)+               -> calculation
?product: atom
        | atom ((TIMES | DIVIDE) atom)+                 -> calculation
?atom: NUMBER                                           -> number
     | MINUS NUMBER                                     -> below_zero
     | name                                             -> field_value
     | _LEFT value _RIGHT
     | (DAYS | WORKING_DAYS) _LEFT name _COMMA name _RIGHT  -> days_between

?condition: conjunction
          | conjunction (_OR conjunction)+              -> any_of
?conjunction: test
            | test (_AND test)+                         -> all_of
?test: _NOT test                                        -> negated
     | _LEFT condition _RIGHT
     | name COMPARE LITERAL                             -> compared
     | name (FILLED | BLANK)                            -> filled
     | name _AMONG (_LEFT literals _RIGHT | literals)   -> one_of
     | name _CONTAINS LITERAL                           -> contains
     | _IN_TIME _LEFT name _COMMA name _RIGHT           -> in_time
     | name _FOUND_IN name                              -> found_in
literals: LITERAL (_ITEM LITERAL)*
"""
